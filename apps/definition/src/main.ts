/** The definition service as a process of its own. */
import { mainOf, PlatformConfig } from '@tributary/platform';
import { launchDefinition } from './launch';

void mainOf('definition', PlatformConfig, (platform) => launchDefinition(platform));
