"""What a browser says of itself, in words that its owner knows it by."""

# The first sign that is found counts: Edge also calls itself Chrome, and Chrome Safari.
BROWSERS = (
    ("Line/", "LINE"),
    ("Edg", "Edge"),
    ("OPR/", "Opera"),
    ("SamsungBrowser", "Samsung"),
    ("Firefox", "Firefox"),
    ("FxiOS", "Firefox"),
    ("Chrome", "Chrome"),
    ("CriOS", "Chrome"),
    ("Safari", "Safari"),
)
SYSTEMS = (
    ("iPhone", "iPhone"),
    ("iPad", "iPad"),
    ("Android", "Android"),
    ("CrOS", "Chromebook"),
    ("Windows", "Windows"),
    ("Mac OS", "Mac"),
    ("Linux", "Linux"),
)


def browser_words(said: str) -> str:
    """Which browser, and on what: Chrome（Windows）; what is not known is said so."""
    browser = next((name for sign, name in BROWSERS if sign in said), "不明的瀏覽器")
    system = next((name for sign, name in SYSTEMS if sign in said), "")
    return f"{browser}（{system}）" if system else browser
