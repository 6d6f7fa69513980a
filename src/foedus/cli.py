"""verbs."""


def main() -> None: ...
