/// The icons of boxes: outlines in a square of 16.
enum Icon {
    static let outlines: [String: String] = [
        "function": "M4.5 3c1.5 0 2 .7 2.4 1.9L10 13h1.5M7.7 7 4 13",
        "job": "M5 5h6v6H5zM6.5 2.5V5M9.5 2.5V5M6.5 11v2.5M9.5 11v2.5M2.5 6.5H5M2.5 9.5H5M11 6.5h2.5M11 9.5h2.5",
        "map": "M2.5 5.5 8 3l5.5 2.5L8 8zM2.5 8 8 10.5 13.5 8M2.5 10.5 8 13l5.5-2.5",
        "distributed-map": "M3 3h4v4H3zM9 3h4v4H9zM3 9h4v4H3zM9 9h4v4H9z",
        "wait": "M8 2.5a5.5 5.5 0 1 0 .01 0zM8 5v3.2l2.2 1.3",
        "pipeline": "M1.5 8h3.5M11 8h3.5M5 5h6v6H5z",
        "task": "M3 5.5h10v7.5H3zM6 5.5V3.5h4v2M3 9h10",
        "choice": "M8 2.5 13.5 8 8 13.5 2.5 8z",
        "parallel": "M3 4.5h10M3 8h10M3 11.5h10",
        "pass": "M3 8h9.5M9 4.5 12.5 8 9 11.5",
        "succeed": "M3.5 8.5l3 3 6-7",
        "fail": "M4.5 4.5l7 7M11.5 4.5l-7 7",
        "schedule": "M3 4.5h10v8.5H3zM3 7.5h10M5.8 2.8v3M10.2 2.8v3",
        "bucket": "M3.5 4.5l1.2 8.5h6.6l1.2-8.5M3.5 4.5a4.5 1.7 0 1 0 9 0 4.5 1.7 0 1 0-9 0",
        "event": "M9 2 4 9h3.5L7 14l5-7H8.5z",
        "completion": "M4.5 13.5V3h7.5l-1.8 2.5L12 8H4.5",
        "theme": "M8 2a6 6 0 1 0 .01 0zM8 3.3a4.7 4.7 0 0 1 0 9.4z",
        "step": "M1.5 8h3.5M11 8h3.5M5 5h6v6H5z",
    ]
}
