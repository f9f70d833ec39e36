/** SQS's hosts: standard, FIPS, dual-stack, behind a VPC endpoint, and the old form. "Amazon SQS endpoints and quotas" */
const HOSTS = [
  /^(?:[a-z0-9-]+\.)?sqs(?:-fips)?\.([a-z0-9-]+)\.(?:vpce\.)?amazonaws\.com(?:\.cn)?$/,
  /^sqs(?:-fips)?\.([a-z0-9-]+)\.api\.aws$/,
  /^([a-z0-9-]+)\.queue\.amazonaws\.com$/,
];

const REGION = /^[a-z]{2}(?:-[a-z]+)+-\d$/;

/** `/ACCOUNT/NAME` */
const PATH = /^\/\d{12}\/[\w-]{1,80}(\.fifo)?$/;

/** The region that a queue's URL names, for the signature; undefined where it is no URL of a queue at AWS. */
export function regionOfQueue({ hostname, pathname }: URL): string | undefined {
  if (!PATH.test(pathname)) return undefined;
  return HOSTS.map((host) => host.exec(hostname)?.[1]).find(
    (region) => region !== undefined && REGION.test(region),
  );
}
