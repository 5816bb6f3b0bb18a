"""Why a figure is what it is, in sentences, in every language."""
