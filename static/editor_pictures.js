// A picture goes to the server by itself, and its text to where the cursor is. Without this module the page comes back with it.
export function addPictures(form) {
  const part = form.querySelector("[data-pictures]");
  const button = part.querySelector("[data-add-picture]");
  const file = form.elements.picture;
  const into = form.elements.picture_into;
  const problem = part.querySelector("[data-picture-problem]");
  const told = part.querySelector("[data-picture-told]");

  const complain = (words) => {
    problem.textContent = words;
    problem.hidden = !words;
  };

  const insert = (text) => {
    const field = form.elements[into.value] ?? form.elements.stem;
    const place = field.selectionEnd ?? field.value.length;
    const before = field.value.slice(0, place);
    const gap = before && !/\s$/.test(before) ? (field.tagName === "TEXTAREA" ? "\n\n" : " ") : "";
    field.setRangeText(gap + text, place, place, "end");
    field.focus();
    field.dispatchEvent(new Event("input", { bubbles: true }));
  };

  async function add() {
    complain("");
    told.textContent = "";
    const data = new FormData();
    for (const name of ["picture", "picture_alt"]) data.append(name, name === "picture" ? file.files[0] ?? "" : form.elements[name].value);
    if (form.elements.picture_decorative.checked) data.append("picture_decorative", "y");
    button.disabled = true;
    const response = await fetch(button.formAction, {
      method: "POST",
      body: data,
      headers: { Accept: "application/json", "X-CSRFToken": form.elements.csrf_token.value },
    }).catch(() => null);
    button.disabled = false;
    const body = response?.headers.get("Content-Type")?.startsWith("application/json") ? await response.json() : null;
    if (!body) return form.requestSubmit(button);
    if (!response.ok) return complain(body.told ?? body.error);
    insert(body.markdown);
    told.textContent = body.told;
    file.value = form.elements.picture_alt.value = "";
    form.elements.picture_decorative.checked = false;
  }

  // The field that was typed in last is where a picture is wanted.
  form.addEventListener("focusin", (event) => {
    if ([...into.options].some((option) => option.value === event.target.name)) into.value = event.target.name;
  });
  file.addEventListener("change", () => {
    complain(file.files[0]?.size > Number(file.dataset.most) ? file.dataset.tooLarge : "");
  });
  button.addEventListener("click", (event) => {
    event.preventDefault();
    if (problem.hidden || !file.files[0] || file.files[0].size <= Number(file.dataset.most)) add();
  });
}
