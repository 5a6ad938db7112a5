/** The system's word for what went wrong with a file or a connection (`EACCES`, `ENOSPC`); else the error in words. */
export function errorCode(error: unknown): string {
  return (error as NodeJS.ErrnoException).code ?? String(error);
}
