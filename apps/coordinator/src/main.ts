/** The coordinator as a process of its own. */
import { mainOf, PlatformConfig } from '@tributary/platform';
import { CoordinatorConfig } from './config';
import { launchCoordinator } from './launch';

void mainOf('coordinator', PlatformConfig.extend(CoordinatorConfig.shape), (platform, config) => launchCoordinator(platform, config));
