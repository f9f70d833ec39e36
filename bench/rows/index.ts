import { acknowledgingCommands, acknowledgingSubmissions, saturation } from './acknowledging.ts';
import { burst } from './burst.ts';
import { following } from './following.ts';
import { installedSize } from './installed-size.ts';
import { memory } from './memory.ts';
import { pressing } from './pressing.ts';
import { queries } from './queries.ts';
import type { Row } from './row.ts';
import { seller } from './seller.ts';
import { signedCall } from './signed-call.ts';
import { starting } from './starting.ts';

/** Every row, in the order of the table. */
export const rows: readonly Row[] = [
  signedCall,
  acknowledgingCommands,
  acknowledgingSubmissions,
  pressing,
  seller,
  saturation,
  starting,
  memory,
  following,
  queries,
  burst,
  installedSize,
];
