// Plain JavaScript for any Node: an old one dies on a .ts file before it could say why.
const major = Number(process.versions.node.split('.')[0]);
if (major < 24) {
  console.error(
    `This needs Node 24 or newer, and runs on ${process.version}. Run it through npm after "npm ci" (which installs a Node 24 of its own), or install Node 24 for a production setup without devDependencies.`,
  );
  process.exit(1);
}
