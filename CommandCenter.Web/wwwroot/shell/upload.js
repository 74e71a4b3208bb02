// Sends a body and tells how far it is. Resolves to { status, body }: status 0 when the way broke off, −1 when it was cancelled.
export function upload({ method, address, headers, body, cancel, sending, sent }) {
  return new Promise(done => {
    const request = new XMLHttpRequest();
    request.open(method, address);
    for (const [name, value] of Object.entries(headers)) request.setRequestHeader(name, value);
    request.responseType = 'json';
    request.upload.onprogress = ({ loaded, total }) => { if (loaded < total) sending(loaded, total); };
    request.upload.onload = sent;
    request.onload = () => done({ status: request.status, body: request.response });
    request.onerror = () => done({ status: 0 });
    request.onabort = () => done({ status: -1 });
    cancel.onclick = () => request.abort();
    request.send(body);
  });
}

// A problem names its fields, or says what happened.
export const problem = body => [...Object.values(body?.errors ?? {}).flat(), body?.errors ? null : body?.title, body?.detail].filter(Boolean).join(' ');

export function element(name, content, className) {
  const made = document.createElement(name);
  if (className) made.className = className;
  if (content !== undefined && content !== null) made.textContent = content;
  return made;
}
