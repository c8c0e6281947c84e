// Asks for a page, or a piece of one. The browser reads it into a document in which nothing runs: no text becomes markup
// here, and the pages' policy (Trusted Types) would refuse it.
export interface Question {
  body?: URLSearchParams;
  headers?: Record<string, string>;
  signal?: AbortSignal;
}

export interface Answer {
  status: number;
  moved: boolean; // the answer comes from another address
  page: Document | null;
}

export function page(address: URL, { body, headers = {}, signal }: Question = {}): Promise<Answer> {
  return new Promise((done, failed) => {
    const request = new XMLHttpRequest();
    request.open(body ? "POST" : "GET", address);
    request.responseType = "document";
    for (const [name, value] of Object.entries(headers)) request.setRequestHeader(name, value);
    request.onload = () => done({ status: request.status, moved: request.responseURL !== address.href, page: request.responseXML });
    request.onerror = request.onabort = () => failed(new Error("no answer"));
    signal?.addEventListener("abort", () => request.abort());
    request.send(body ?? null);
  });
}
