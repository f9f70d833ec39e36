import type { IncomingMessage, ServerResponse } from 'node:http';
import type { Logger } from './log.ts';

/** What the routes that watch the bot are answered from. */
export interface Health {
  /** What keeps the bot from serving now, in words for the operator; empty: ready. */
  readonly problems: () => Promise<readonly string[]>;
  readonly metrics: { readonly contentType: string; read(): Promise<string> };
  readonly log: Logger;
}

/**
 * Answers `GET /healthz` (the process runs), `/readyz` (it can serve, or what is wrong) and `/metrics` (Prometheus).
 * False: none of these.
 */
export function answerHealth(request: IncomingMessage, response: ServerResponse, health: Health): boolean {
  if (request.method !== 'GET') return false;
  switch (request.url?.split('?')[0]) {
    case '/healthz':
      answerJson(response, 200, { status: 'ok' });
      return true;
    case '/readyz':
      void answerReady(response, health);
      return true;
    case '/metrics':
      void answerMetrics(response, health);
      return true;
    default:
      return false;
  }
}

export function answerJson(response: ServerResponse, status: number, body: unknown): void {
  response.writeHead(status, { 'content-type': 'application/json' });
  response.end(JSON.stringify(body));
}

async function answerReady(response: ServerResponse, { problems, log }: Health): Promise<void> {
  let found: readonly string[];
  try {
    found = await problems();
  } catch (error) {
    log.error({ error }, 'the readiness check failed');
    found = ['the readiness check failed'];
  }
  const ready = found.length === 0;
  answerJson(response, ready ? 200 : 503, { status: ready ? 'ready' : 'not ready', problems: found });
}

async function answerMetrics(response: ServerResponse, { metrics, log }: Health): Promise<void> {
  try {
    const body = await metrics.read();
    response.writeHead(200, { 'content-type': metrics.contentType });
    response.end(body);
  } catch (error) {
    log.error({ error }, 'the metrics could not be read');
    answerJson(response, 500, { status: 'the metrics could not be read' });
  }
}
