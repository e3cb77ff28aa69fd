/** What the page was given, as translate/explorer/payload.py made it: the model, its numbers, and most of the words. */
export const payload = JSON.parse(document.getElementById("payload").textContent);
