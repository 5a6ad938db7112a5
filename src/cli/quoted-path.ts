/** A path in a command that is printed: in quotes where the shell would not take it as it is. */
export function quotedPath(path: string, platform: NodeJS.Platform = process.platform): string {
  if (/^[\w@%+=:,./\\~-]+$/.test(path)) return path;
  return platform === 'win32' ? `"${path}"` : `"${path.replace(/["$`\\]/g, '\\$&')}"`;
}
