/** The definition service, for whoever launches it. */
export * from './definition.service';
export * from './launch';
