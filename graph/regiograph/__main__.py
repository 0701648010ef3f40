"""Run the command line with `python -m regiograph`."""

from regiograph.cli import main

if __name__ == "__main__":
    main()
