"""What the tool does. One verb a file; knows no HTTP and no driver."""
