/** The gateway as a process of its own. */
import { mainOf, PlatformConfig } from '@tributary/platform';
import { gatewayConfig } from './config';
import { launchGateway } from './launch';

void mainOf('gateway', PlatformConfig.extend(gatewayConfig.shape), (platform, config) => launchGateway(platform, config));
