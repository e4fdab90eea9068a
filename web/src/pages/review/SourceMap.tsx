// Where it came from, as a map of the address space: no world map, which would need others' data and guess anyway. It
// is for the eye; the list of networks beside it has the same with links.
import { Text } from '@mantine/core';
import type { CountOf } from '../../api/types';
import { number } from '../../i18n/format';
import { useTexts } from '../../i18n/texts';
import { Link } from '../../router/router';
import { heatOf, mapOf } from './review';
import classes from './review.module.css';
import { texts } from './texts';

export function SourceMap({ networks, hrefOf }: { networks: CountOf[]; hrefOf: (network: string) => string }) {
  const t = useTexts(texts);
  const { cells, six, most } = mapOf(networks);
  const hottest = [...cells.values()].toSorted((a, b) => b.count - a.count).slice(0, 5);
  const words = [t.map, ...hottest.map(cell => t.cell(cell.block, cell.count, cell.networks.length))].join('; ');
  return (
    <div>
      <div className={classes.map} role="img" aria-label={words}>
        {Array.from({ length: 256 }, (_, block) => {
          const cell = cells.get(block);
          return cell ? (
            <span key={block} className={`${classes.cell} ${classes.hot}`} data-heat={heatOf(cell.count, most)} title={t.cell(block, cell.count, cell.networks.length)}>
              {block}
            </span>
          ) : (
            <span key={block} className={classes.cell} />
          );
        })}
      </div>
      {six.length > 0 && (
        <Text size="sm" mt="xs">
          <b>{t.six}:</b>{' '}
          {six.slice(0, 6).map(network => (
            <span key={network.name} className={classes.six}>
              <Link className="mono" href={hrefOf(network.name)}>
                {network.name}
              </Link>{' '}
              {number(network.count)}
            </span>
          ))}
        </Text>
      )}
    </div>
  );
}
