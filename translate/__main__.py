"""`python -m translate` is the same as `translate`."""

from translate.cli.main import main

if __name__ == "__main__":
    main()
