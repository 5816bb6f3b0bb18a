"""Run the command line as `python -m suitecrm_bridge`."""

from suitecrm_bridge.cli import main

if __name__ == "__main__":
    main()
