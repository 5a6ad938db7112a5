import { readBuildInfo } from '../../temporal/build-info.js';
import { type Finding, findingsOf } from './finding.js';

const { ok, fix } = findingsOf('program');

/** As in `engines` of package.json. */
export const LOWEST_NODE = '20.19';

/** Node, the build, and Temporal's worker, which is native code and has no binary for every system. */
export async function checkProgram(node: string = process.versions.node): Promise<Finding[]> {
  if (!isAtLeast(node, LOWEST_NODE)) {
    return [fix(`Node ${node} is too old: get Node ${LOWEST_NODE} or newer from https://nodejs.org`)];
  }
  const build = await readBuildInfo().catch(() => undefined);
  if (build === undefined) return [fix('The program is not built: `npm run build` builds it')];
  try {
    await import('@temporalio/worker');
  } catch (error) {
    const [why = ''] = String(error).split('\n');
    return [fix(`Temporal's worker does not load: it needs Windows, macOS, or Linux with glibc (not Alpine). ${why}`)];
  }
  return [ok(`version ${build.version}, Node ${node}`)];
}

function isAtLeast(version: string, lowest: string): boolean {
  const [major = 0, minor = 0] = version.split('.').map(Number);
  const [lowestMajor = 0, lowestMinor = 0] = lowest.split('.').map(Number);
  return major > lowestMajor || (major === lowestMajor && minor >= lowestMinor);
}
