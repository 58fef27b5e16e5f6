// Evaluate.java - a library applied to records by the Java engine of cqframework.
//
// Usage: java Evaluate LIBRARY.cql RECORDS.ndjson AS-OF values|time
//
// The same output as javascript/evaluate.mjs: the values of each record, or cold and warm times.
import ca.uhn.fhir.context.FhirContext;
import ca.uhn.fhir.parser.IParser;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.FileInputStream;
import java.lang.management.ManagementFactory;
import java.nio.file.*;
import java.time.*;
import java.util.*;
import java.util.regex.*;
import kotlin.*;
import kotlinx.io.*;
import org.cqframework.cql.cql2elm.*;
import org.cqframework.cql.cql2elm.quick.FhirLibrarySourceProvider;
import org.hl7.fhir.instance.model.api.IPrimitiveType;
import org.hl7.fhir.r4.model.*;
import org.opencds.cqf.cql.engine.data.*;
import org.opencds.cqf.cql.engine.execution.*;
import org.opencds.cqf.cql.engine.fhir.model.R4FhirModelResolver;
import org.opencds.cqf.cql.engine.model.CachingModelResolverDecorator;
import org.opencds.cqf.cql.engine.runtime.Code;
import org.opencds.cqf.cql.engine.runtime.Interval;

public class Evaluate {
    static final CachingModelResolverDecorator model =
        new CachingModelResolverDecorator(new R4FhirModelResolver());
    static final FhirContext fhir = FhirContext.forR4Cached();
    static final Map<String, List<Object>> byType = new HashMap<>();
    static CqlEngine engine;
    static String library;
    static ZonedDateTime asOf;

    static boolean hasCode(Object resource, String path, Iterable<Code> codes) {
        if (!(model.resolvePath(resource, path) instanceof CodeableConcept concept)) return false;
        for (Code code : codes)
            if (concept.hasCoding(code.getSystem(), code.getCode())) return true;
        return false;
    }

    static void prepare(Path path) throws Exception {
        Matcher name = Pattern.compile("(?m)^library (\\w+)").matcher(Files.readString(path));
        library = name.find() ? name.group(1) : null;
        LibraryManager libraries = new LibraryManager(new ModelManager());
        LibrarySourceLoader sources = libraries.getLibrarySourceLoader();
        sources.registerProvider(new FhirLibrarySourceProvider());
        sources.registerProvider(id -> {
            try {
                return id.getId().equals(library)
                    ? CoreKt.buffered(JvmCoreKt.asSource(new FileInputStream(path.toFile())))
                    : null;
            } catch (java.io.IOException e) {
                throw new RuntimeException(e);
            }
        });
        DataProvider data = new CompositeDataProvider(model,
            (context, idPath, id, type, template, codePath, codes, set, date, low, high, range) -> {
                List<Object> all = byType.getOrDefault(type, List.of());
                if (codes == null) return all;
                return all.stream().filter(one -> hasCode(one, codePath, codes)).toList();
            });
        engine = new CqlEngine(new Environment(libraries, Map.of("http://hl7.org/fhir", data)),
            EnumSet.of(CqlEngine.Options.EnableExpressionCaching));
    }

    static Map<String, ExpressionResult> evaluate(String line) {
        byType.clear();
        IParser parser = fhir.newJsonParser().setOverrideResourceIdWithBundleEntryFullUrl(false);
        for (var entry : parser.parseResource(Bundle.class, line).getEntry()) {
            Resource resource = entry.getResource();
            byType.computeIfAbsent(resource.fhirType(), type -> new ArrayList<>()).add(resource);
        }
        String id = ((Resource) byType.get("Patient").get(0)).getIdPart();
        return engine.evaluate(parameters -> {
            parameters.library(library, null);
            parameters.setContextParameter(new Pair<>("Patient", id));
            parameters.setEvaluationDateTime(asOf);
            return Unit.INSTANCE;
        }).getOnlyResultOrThrow().getExpressionResults();
    }

    static Object plain(Object value) {
        if (value instanceof org.opencds.cqf.cql.engine.runtime.Quantity quantity)
            return new TreeMap<>(Map.of("value", quantity.getValue(), "unit", quantity.getUnit()));
        if (value instanceof Interval interval) {
            Map<String, Object> made = new LinkedHashMap<>();
            made.put("low", plain(interval.getLow()));
            made.put("lowClosed", interval.getLowClosed());
            made.put("high", plain(interval.getHigh()));
            made.put("highClosed", interval.getHighClosed());
            return made;
        }
        if (value instanceof org.opencds.cqf.cql.engine.runtime.Tuple tuple)
            return plain(tuple.getElements());
        if (value instanceof Map<?, ?> members) {
            Map<String, Object> made = new LinkedHashMap<>();
            members.forEach((name, member) -> made.put((String) name, plain(member)));
            return made;
        }
        if (value instanceof Iterable<?> items) {
            List<Object> made = new ArrayList<>();
            for (Object item : items) made.add(plain(item));
            return made;
        }
        if (value instanceof Resource resource)
            return resource.fhirType() + "/" + resource.getIdPart();
        if (value instanceof IPrimitiveType<?> primitive) return plain(primitive.getValue());
        boolean isPlain = value == null || value instanceof Boolean || value instanceof Number;
        return isPlain ? value : value.toString();
    }

    static void printValues(List<String> lines) throws Exception {
        for (String line : lines) {
            Map<String, Object> results = new LinkedHashMap<>();
            evaluate(line).forEach((define, value) -> results.put(define, plain(value.getValue())));
            results.remove("Patient");
            Object patient = plain(byType.get("Patient").get(0));
            System.out.println(new ObjectMapper().writeValueAsString(
                Map.of("record", patient, "results", results)));
        }
    }

    static void printTimes(List<String> lines) {
        evaluate(lines.get(0));
        long started = ManagementFactory.getRuntimeMXBean().getStartTime();
        double cold = (System.currentTimeMillis() - started) / 1e3;
        double warm = 0;
        for (int pass = 0; pass < 4; pass++) {
            long begun = System.nanoTime();
            for (String line : lines) evaluate(line);
            if (pass > 0) warm = Math.max(warm, lines.size() * 1e9 / (System.nanoTime() - begun));
        }
        System.out.printf(Locale.ROOT, "{\"cold\":%f,\"warm\":%f,\"records\":%d}%n",
            cold, warm, lines.size());
    }

    public static void main(String[] arguments) throws Exception {
        asOf = LocalDate.parse(arguments[2]).atStartOfDay(ZoneOffset.UTC);
        prepare(Path.of(arguments[0]));
        List<String> lines = Files.readAllLines(Path.of(arguments[1]));
        if (arguments[3].equals("time")) printTimes(lines);
        else printValues(lines);
    }
}
