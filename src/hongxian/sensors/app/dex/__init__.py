"""Our own DEX reader: columns of numbers on numpy, nothing decoded that nobody asks for.

Format: "Dalvik executable format" and "Dalvik bytecode", Android Open Source Project.
"""
