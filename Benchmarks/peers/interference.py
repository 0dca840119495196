def measure(options, programs, folder, deadline, say):
    return {"rows": [], "aims": [], "missing": {}, "skipped": [], "notes": []}
