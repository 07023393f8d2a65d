// Talks to the simulator: what happened since, and please do this.

const ROOT = document.body.dataset.root.replace(/\/$/, "");

export async function feed(after, waitSeconds) {
  const answer = await fetch(`${ROOT}/api/feed?after=${after}&wait=${waitSeconds}`);
  if (!answer.ok) throw new Error(`feed ${answer.status}`);
  return answer.json();
}

// One menu as the bot made it; null where it is gone.
export async function menuOf(id) {
  const answer = await fetch(`${ROOT}/api/menu/${id}`);
  return answer.ok ? answer.json() : null;
}

export const menuPicture = (id) => `${ROOT}/menu/${id}`;

// Does one thing; an error carries the sentence to show.
export async function ask(what, details = {}) {
  const answer = await fetch(`${ROOT}/api/do`, {
    method: "POST",
    headers: { "Content-Type": "application/json" },
    body: JSON.stringify({ what, ...details }),
  });
  if (!answer.ok) {
    const { message } = await answer.json().catch(() => ({}));
    throw new Error(message || `模擬器回應 ${answer.status}，請再試一次。`);
  }
}
