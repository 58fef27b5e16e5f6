# Makefile - the developers' menu.  The building itself is CMake's (CMakeLists.txt).
#
#   make run     the plan of a sample patient (what ./run does)
#   make build   the optimised program, build/islet
#   make check   all tests, with gcc; compiles everything with clang too (what ./check does)
#   make asan    all tests under AddressSanitizer and UBSan
#   make fuzz    each fuzz target for FUZZ_SECONDS (60) seconds
#   make bench   the benchmarks: ratios against a peer in the same run
#   make soak    plans over many generated records, watching memory
#   make docs    the generated documents (doc/record.md)
#   make install the program and the C library below PREFIX (/usr/local), or DESTDIR before it
#   make clean   forget all builds

.PHONY: build run check asan fuzz bench soak docs install clean
FUZZ_SECONDS = 60
PREFIX = /usr/local
JOBS = $(shell nproc)
SAMPLE = examples/ileum-carcinoid-syndrome.json

build:
	@tools/cmake-build build/release -DCMAKE_BUILD_TYPE=Release
	@ln -sf release/islet build/islet

run: build
	@tools/run-sample $(SAMPLE)

check: build
	@tools/cmake-build build/clang -DCMAKE_BUILD_TYPE=Debug -DCMAKE_C_COMPILER=clang -DCMAKE_CXX_COMPILER=clang++
	ctest --test-dir build/release --output-on-failure -j$(JOBS)

asan:
	@tools/cmake-build build/asan -DCMAKE_BUILD_TYPE=Debug -DISLET_SANITIZE=ON
	ctest --test-dir build/asan --output-on-failure -j$(JOBS)

fuzz:
	@tools/cmake-build build/fuzz -DCMAKE_BUILD_TYPE=RelWithDebInfo -DISLET_FUZZ=ON -DCMAKE_C_COMPILER=clang -DCMAKE_CXX_COMPILER=clang++
	@tools/fuzz build/fuzz $(FUZZ_SECONDS)

bench: build
	@bench/run build/release

soak: build
	@bench/soak build/islet

docs: build
	@tools/make-record-doc

install: build
	@cmake --install build/release --prefix $(PREFIX)

clean:
	rm -rf build
