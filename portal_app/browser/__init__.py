"""The little JavaScript of ours, and the plugins that put it in the build."""
