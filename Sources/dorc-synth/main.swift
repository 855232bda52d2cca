import DorcCommandLine

Program.run()
