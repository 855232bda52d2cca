def regions():
    return ["north", "south"]


def collect(region, limit):
    return {"region": region, "rows": limit}


def add_up(region, year):
    return {"region": region, "year": year}
