// The connection check on the page before a quiz. Without this file its link loads the page again, which proves as much.

const link = document.querySelector("#connection-check");
const state = document.querySelector("#connection");
if (link) begin(state.dataset);

function begin(words) {
  const say = (text) => { state.textContent = text; };

  async function check() {
    say(words.checking);
    try {
      const answer = await fetch(link.href, { method: "HEAD", cache: "no-store", signal: AbortSignal.timeout(10000) });
      say(answer.ok ? words.works : words.fails);
      return answer.ok;
    } catch {
      say(words.fails);
      return false;
    }
  }

  link.addEventListener("click", (event) => { event.preventDefault(); check(); });
  // A start that can't arrive must not leave the learner on the browser's own error page.
  document.querySelector("#start-form")?.addEventListener("submit", async (event) => {
    if (navigator.onLine) return;
    event.preventDefault();
    if (await check()) event.target.submit();
  });
}
