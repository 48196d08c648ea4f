export function bundleProgram(reader: string): Promise<void>
export function bundlePage(outdir: string): Promise<void>
