# guideline.cmake - embeds guideline/ in the program.
