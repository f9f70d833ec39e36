import type { ServerResponse } from 'node:http';

/** Tells every open page that something changed; each then asks for the state itself. */
export interface ChangeStream {
  open(response: ServerResponse, headers: Readonly<Record<string, string>>): void;
  /** Several changes within one turn of the event loop are told once. */
  changed(): void;
  close(): void;
}

/** Server-sent events (`text/event-stream`), one kind only: `changed`. */
export function changeStream(): ChangeStream {
  const listeners = new Set<ServerResponse>();
  let telling = false;
  return {
    open: (response, headers) => {
      response.writeHead(200, { ...headers, 'content-type': 'text/event-stream' });
      response.write('retry: 1000\nevent: changed\ndata: {}\n\n');
      listeners.add(response);
      response.on('close', () => listeners.delete(response));
    },
    changed: () => {
      if (telling) return;
      telling = true;
      setImmediate(() => {
        telling = false;
        for (const response of listeners) response.write('event: changed\ndata: {}\n\n');
      });
    },
    close: () => {
      for (const response of listeners) response.end();
      listeners.clear();
    },
  };
}
