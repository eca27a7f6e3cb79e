/** The time on the server, as it passes: while something runs it moves, else it stands still. */
import { useQuery } from '@tanstack/react-query';
import { useEffect, useState } from 'react';
import { api } from '../api/api';

const tickMs = 200;
/** The header has whole seconds: less than this may be rounding. */
const skewMsMin = 1_500;

/** ms since 1970. */
export function useNow(moving: boolean): number {
  const skew = useServerSkew();
  const [now, setNow] = useState(() => Date.now());
  useEffect(() => {
    if (!moving) return;
    const timer = window.setInterval(() => {
      setNow(Date.now());
    }, tickMs);
    return () => {
      window.clearInterval(timer);
    };
  }, [moving]);
  return now + skew;
}

/** How far the server's clock is ahead of ours, ms. */
function useServerSkew(): number {
  const { data = 0 } = useQuery({ queryKey: ['server skew'], queryFn: measuredSkew, staleTime: Infinity });
  return data;
}

async function measuredSkew({ signal }: { readonly signal: AbortSignal }): Promise<number> {
  const asked = Date.now();
  const { serverTimeMs } = await api.ready({ signal });
  if (serverTimeMs === undefined) return 0;
  const skew = serverTimeMs + 500 - (asked + Date.now()) / 2;
  return Math.abs(skew) < skewMsMin ? 0 : skew;
}
