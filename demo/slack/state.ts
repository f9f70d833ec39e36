import type { Clock } from '../../src/clock.ts';
import type { Installation } from './demo-workspace.ts';
import type { Grid } from './grid.ts';
import type { ResponseUrls } from './response-urls.ts';
import type { TriggerIds } from './trigger-ids.ts';
import type { Views } from './views.ts';
import type { Workspace } from './workspace.ts';

/** Everything the stand-in knows, for the Web API, response_urls and people alike. */
export interface SlackState {
  readonly clock: Clock;
  readonly installation: Installation;
  /** Undefined: a workspace of its own. */
  readonly grid: Grid | undefined;
  readonly scopes: ReadonlySet<string>;
  readonly workspace: Workspace;
  readonly views: Views;
  readonly triggerIds: TriggerIds;
  readonly responseUrls: ResponseUrls;
}
