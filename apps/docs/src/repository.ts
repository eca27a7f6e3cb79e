/** What the printers read of the repository: a port, and the folder that it is. */
import { globSync, readFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { z } from 'zod';

export interface Project {
  /** `libs/facts` */
  readonly folder: string;
  readonly tags: readonly string[];
}

export interface Repository {
  /** The text of a file, by its path below the root. */
  readonly read: (path: string) => string;
  /** Sorted by folder. */
  readonly projects: readonly Project[];
}

const ProjectFile = z.looseObject({ tags: z.array(z.string()) });

export function repositoryAt(root: string): Repository {
  const read = (path: string): string => readFileSync(join(root, path), 'utf8');
  const files = globSync('{apps,libs}/*/project.json', { cwd: root }).map((path) => path.replaceAll('\\', '/'));
  const projects = files.toSorted().map((path) => ({ folder: dirname(path), tags: ProjectFile.parse(JSON.parse(read(path))).tags }));
  return { read, projects };
}
