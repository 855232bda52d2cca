/// Modules that a function has without a requirements.txt.
enum PythonModules {
    static func isGiven(_ name: String) -> Bool { all.contains(name) }

    private static let all = Set((standard + " " + image).split { $0 == " " || $0 == "\n" }.map(String.init))

    /// In Lambda's base images for Python, beside the standard library.
    private static let image = "boto3 botocore dateutil jmespath s3transfer six urllib3"

    /// `sys.stdlib_module_names` of Python 3.12, and modules that older ones have.
    private static let standard = """
        abc aifc argparse array ast asynchat asyncio asyncore atexit audioop base64 bdb binascii bisect
        builtins bz2 cProfile calendar cgi cgitb chunk cmath cmd code codecs codeop collections colorsys
        compileall concurrent configparser contextlib contextvars copy copyreg crypt csv ctypes curses
        dataclasses datetime dbm decimal difflib dis distutils doctest email encodings ensurepip enum errno
        faulthandler fcntl filecmp fileinput fnmatch fractions ftplib functools gc genericpath getopt getpass
        gettext glob graphlib grp gzip hashlib heapq hmac html http imaplib imghdr imp importlib inspect io
        ipaddress itertools json keyword lib2to3 linecache locale logging lzma mailbox mailcap marshal math
        mimetypes mmap modulefinder msilib multiprocessing netrc nis nntplib ntpath nturl2path numbers opcode
        operator optparse os ossaudiodev pathlib pdb pickle pickletools pipes pkgutil platform plistlib poplib
        posix posixpath pprint profile pstats pty pwd py_compile pyclbr pydoc pydoc_data pyexpat queue quopri
        random re readline reprlib resource rlcompleter runpy sched secrets select selectors shelve shlex
        shutil signal site smtpd smtplib sndhdr socket socketserver spwd sqlite3 sre_compile sre_constants
        sre_parse ssl stat statistics string stringprep struct subprocess sunau symtable sys sysconfig syslog
        tabnanny tarfile telnetlib tempfile termios textwrap threading time timeit tkinter token tokenize
        tomllib trace traceback tracemalloc tty types typing unicodedata unittest urllib uu uuid venv warnings
        wave weakref webbrowser wsgiref xdrlib xml xmlrpc zipapp zipfile zipimport zlib zoneinfo __future__
        """
}
