// What must hold of the releases in the catalog: when their support ends, and that there is no newer one.
import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';

const DISTRO_INFO = '/usr/share/distro-info';
const AMAZON_LINUX = '/aws/service/ami-amazon-linux-latest/';
const AMAZON_ECS = '/aws/service/ecs/optimized-ami/';

/** The releases of Ubuntu and Debian as the package distro-info-data has them, or why they are not there. */
export function distroInfo(directory = DISTRO_INFO) {
  const files = { Ubuntu: join(directory, 'ubuntu.csv'), Debian: join(directory, 'debian.csv') };
  const missing = Object.values(files).find(file => !existsSync(file));
  return missing === undefined
    ? { releases: Object.entries(files).flatMap(([distribution, file]) => releasesIn(distribution, readFileSync(file, 'utf8'))) }
    : { releases: [], skipped: `${missing} is not there, which the package distro-info-data of Debian and Ubuntu has` };
}

/** The rows of a file of distro-info-data. */
export function releasesIn(distribution, csv) {
  const [head, ...rows] = csv.trim().split('\n').map(line => line.split(','));
  return rows.map(row => Object.fromEntries([['distribution', distribution], ...head.map((key, column) => [key, row[column] || undefined])]));
}

/** The row of distro-info-data that a family is a release of, and the column of its end of support. */
function distroReleaseOf(family, releases) {
  const [, distribution, pro, version] = /^(UBUNTU|DEBIAN)_(PRO_)?(\d+(?:_\d+)?)(?:_MINIMAL)?$/.exec(family.id) ?? [];
  const wanted = version?.replace('_', '.');
  const release = releases.find(each => each.distribution.toUpperCase() === distribution && each.version?.split(' ')[0] === wanted);
  return version === undefined ? undefined : { release, column: pro ? 'eol-esm' : 'eol' };
}

/** The ends of support of the families of Ubuntu and Debian that are other days than distro-info-data says. */
export function compareSupport(families, releases) {
  const compared = families.map(family => ({ family, ...distroReleaseOf(family, releases) })).filter(({ column }) => column !== undefined);
  return {
    wrong: compared.filter(({ family, release, column }) => family.endOfSupport !== release?.[column]).map(({ family, release, column }) =>
      `${family.id}: its support ends on ${release?.[column] ?? 'no day'} by distro-info-data (${column}), not on ${family.endOfSupport}.`),
    compared: compared.length,
  };
}

/** The families whose support has ended since the day of the facts, so that the library does not say so yet. */
export function endedSince(families, factsDate, today) {
  return families.filter(({ endOfSupport }) => endOfSupport >= factsDate && endOfSupport < today)
    .map(({ id, endOfSupport }) => `${id}: its support ended on ${endOfSupport}; move the day of the facts.`);
}

/** Releases of Ubuntu (the long-term ones) and Debian that are out by a day and newer than the oldest in the catalog, and have no family. */
export function newerDistributions(families, releases, today) {
  const known = families.map(family => distroReleaseOf(family, releases)?.release).filter(Boolean);
  return releases
    .filter(release => release.distribution === 'Debian' ? release.version !== undefined : release.version.endsWith(' LTS'))
    .filter(({ release }) => release !== undefined && release <= today)
    .filter(release => !known.includes(release)
      && known.some(each => each.distribution === release.distribution && each.release < release.release))
    .map(({ distribution, version, release }) => `${distribution} ${version} is out since ${release}, and has no family.`);
}

/** Public parameters of Amazon Linux and Amazon ECS for a kernel or a release that the library does not know. */
export function newerAmazonLinux(families, parameterNames, canRender) {
  const known = new Set(families.flatMap(family => family.variants().map(({ parameterName }) => parameterName)));
  const releases = [...known].flatMap(name => name?.startsWith(AMAZON_ECS) ? ecsRelease(name) ?? [] : []);
  const newest = Math.max(...releases);
  return parameterNames.filter(name => !known.has(name)).filter(name => name.startsWith(AMAZON_LINUX)
    ? !canRender(name.slice(AMAZON_LINUX.length))
    : name.startsWith(AMAZON_ECS) && name.endsWith('/recommended/image_id') && ecsRelease(name) > newest,
  ).map(name => `There is a parameter ${name}, which the library does not know.`);
}

function ecsRelease(parameterName) {
  const [, year] = /\/amazon-linux-(20\d\d)\//.exec(parameterName) ?? [];
  return year && Number(year);
}

/** The words of a public parameter of Amazon Linux, as `AmiFamily.amazonLinux` takes them. */
export function wordsOf(name) {
  const pattern = /^(?<release>al\d+(?:-preview)?|amzn\d*)-ami(?<minimal>-minimal)?(?:-kernel-(?<kernel>[\w.]+?))?(?:-(?<virtualization>hvm|pv))?-(?:x86_64|arm64)(?:-(?<storage>\w+))?$/;
  const { release, minimal, kernel = '', virtualization = 'hvm', storage } = pattern.exec(name)?.groups ?? {};
  return { release, edition: minimal ? 'minimal' : 'standard', kernel, virtualization, storage };
}

/** The releases of Windows Server and Kubernetes that aws-cdk-lib names and that are newer than those of the catalog. */
export function newerInCdk(families, { windowsVersions, kubernetesVersions }) {
  const parameters = families.flatMap(family => family.variants().map(({ parameterName = '' }) => parameterName));
  const newest = (texts, pattern) => Math.max(...texts.map(text => Number(pattern.exec(text)?.[1] ?? 0)));
  return [
    ['Windows Server', windowsVersions, /^Windows_Server-(\d{4})-English-Full-Base$/, /\/Windows_Server-(\d{4})-English-Full-Base$/],
    ['Kubernetes 1.', kubernetesVersions, /^1\.(\d+)$/, /\/eks\/optimized-ami\/1\.(\d+)\//],
  ].map(([name, texts, inCdk, inCatalog]) => ({ name, there: newest(texts, inCdk), here: newest(parameters, inCatalog) }))
    .filter(({ there, here }) => there > here)
    .map(({ name, there, here }) => `aws-cdk-lib knows ${name.endsWith('.') ? name : `${name} `}${there}, and the newest in the catalog is ${here}.`);
}
