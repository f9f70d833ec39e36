const REGION = '([a-z]{2}(?:-[a-z]+)+-\\d)';

/** SQS's hosts: standard, FIPS, dual-stack, behind a VPC endpoint, and the old form. "Amazon SQS endpoints and quotas" */
const HOSTS = [
  new RegExp(`^(?:[a-z0-9-]+\\.)?sqs(?:-fips)?\\.${REGION}\\.(?:vpce\\.)?amazonaws\\.com(?:\\.cn)?$`),
  new RegExp(`^sqs(?:-fips)?\\.${REGION}\\.api\\.aws$`),
  new RegExp(`^${REGION}\\.queue\\.amazonaws\\.com$`),
];

/** `/ACCOUNT/NAME` */
const PATH = /^\/\d{12}\/[\w-]{1,80}(\.fifo)?$/;

/** The region that a queue's URL names, for the signature; undefined where it is no URL of a queue at AWS. */
export function regionOfQueue({ hostname, pathname }: URL): string | undefined {
  if (!PATH.test(pathname)) return undefined;
  return HOSTS.map((host) => host.exec(hostname)?.[1]).find((region) => region !== undefined);
}
