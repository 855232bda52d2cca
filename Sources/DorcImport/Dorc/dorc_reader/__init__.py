"""What the Python files of a repository of the Python original define, found without running any of them.

`main.main` reads a JSON file and writes another to standard output. In it is `{"files": {path: text}}`, each byte of a file
one character, since what its bytes mean is for Python to say. Out of it comes

    {"errors":     [{"at", "text", "isDefinition"}],     files that are not Python
     "calls":      [{"class", "at", "isInCode", "isCopied", "when": [value], "args": [{"name", "at", "value"}]}],
     "applied":    [call],                               those whose `apply()` is called
     "statements": [{"at", "text", "why"}],              what is at the top of a file and is none of the above
     "reads":      [{"at", "namespace", "key"}]}         settings that code reads, whatever it does with them

A call is made, and applied, only when all of "when" is true; "isCopied" says that `copy` has made another of it.
A place, "at", is `[path, line, column]`, from 1. A call is its index. A value is one of

    {"kind": "text" | "number" | "boolean" | "none", "value"}
    {"kind": "file"}                                     `__file__`
    {"kind": "folder", "value"}                          the folder of a file, by its path in the repository
    {"kind": "list", "items": [value]}
    {"kind": "mapping", "entries": [{"key", "at", "value"}]}
    {"kind": "call", "call", "text"}                             an object of one of the original's classes
    {"kind": "setting", "namespace", "key", "path", "type", "isSecret", "isRequired", "default", "isDefaultOfEmpty"}
                                                         of Pulumi.<environment>.yaml; a path leads into an object; a default
                                                         may also take the place of what is empty
    {"kind": "stack"}, {"kind": "project"}               `pulumi.get_stack()`, `pulumi.get_project()`
    {"kind": "joined", "parts": [value]}                 text of texts and of what depends on the environment
    {"kind": "split", "value": value, "separator"}       a list, from a text that depends on the environment
    {"kind": "chosen", "by": value, "from": value, "default"}
                                                         an entry of a mapping, by what depends on the environment
    {"kind": "conditional", "test": value, "values", "isNegated", "then": value, "else": value}
                                                         one of two, by whether the test is one of these texts
    {"kind": "unknown", "text", "why"}                   what only running it would tell

each with "at". Names that are assigned once are followed, also through imports of other files of the repository. What changes a
list, a mapping or an object after it is made is seen, and makes it unknown.

    original   the classes that are looked for
    limits     what is larger is not a definition
    sources    a file: its text, its names, what changes them
    names      which file a module is, and what a name is called where it comes from
    texts      texts made of texts
    pulumi_config   pulumi.Config, get_stack, get_project
    changes    what code changes after it is made
    values     an expression -> a value
    facts      all files -> calls, arguments, statements
    main       the program

It needs Python 3.9 or later and nothing else.
"""
