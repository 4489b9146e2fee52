// A button under each new password that shows and hides what was typed. Its words come from the page.
for (const place of document.querySelectorAll("[data-password]")) {
  const input = place.querySelector("input");
  const button = document.createElement("button");
  button.type = "button";
  button.className = "button-link";
  button.textContent = place.dataset.show;
  button.setAttribute("aria-controls", input.id);
  button.addEventListener("click", () => {
    const show = input.type === "password";
    input.type = show ? "text" : "password";
    button.textContent = show ? place.dataset.hide : place.dataset.show;
  });
  // A password must not be kept among what the browser remembers of text fields.
  input.form.addEventListener("submit", () => { input.type = "password"; });
  input.after(button);
}
