// For every page: whatever went wrong is read first. Everything works without this file.
document.querySelector("[data-focus]")?.focus();
