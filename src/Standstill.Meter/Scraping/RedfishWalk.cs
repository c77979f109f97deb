using System.Collections.Immutable;
using Standstill.Meter.DeadLetters;
using Standstill.Meter.Formats;

namespace Standstill.Meter.Scraping;

/// <summary>Finds the documents of a Redfish service that have power or energy, and reads those alone from then on: a management controller
/// answers slowly, and a chassis has a hundred sensors that the meter has no use for.</summary>
internal sealed class RedfishWalk(HttpClient http, ScrapeTarget target, int bodyBytes)
{
    /// <summary>Documents that one walk reads at most.</summary>
    public const int Documents = 512;

    /// <summary>Scrapes after which the service is walked anew, since chassis come and go: a quarter of an hour at the default interval.</summary>
    public const int ScrapesBetweenWalks = 60;

    private readonly List<string> _useful = [];
    private readonly Dictionary<string, string> _within = [];
    private int _scrapes;

    public async Task<(ImmutableArray<Reading> Readings, DeadLetterKind? Fault, string What)> Read(DeadLetterTally rejected, long timeMs, CancellationToken cancel)
    {
        var readings = ImmutableArray.CreateBuilder<Reading>();
        var walk = _useful.Count == 0 || _scrapes % ScrapesBetweenWalks == 0;
        if (walk)
        {
            _within.Clear();
        }

        var first = target.Address.AbsolutePath;
        var waiting = new Queue<string>(walk ? [first] : _useful);
        var seen = new HashSet<string>(waiting, StringComparer.Ordinal);
        var useful = new List<string>();
        var (good, read) = (false, 0);
        var failure = (Kind: ScrapeFault.Unreachable, What: first);
        while (read < Documents && waiting.TryDequeue(out var path))
        {
            read++;
            if (!Uri.TryCreate(target.Address, path, out var address))
            {
                continue;
            }
            switch (await Fetch.Get(http, target, address, Math.Min(bodyBytes, Redfish.DocumentBytes), cancel))
            {
                case Fetched.Body body:
                    var document = Redfish.Read(body.Bytes);
                    good = true;
                    rejected.Add(document.Rejected);
                    if (document.Within is var (chassis, outer))
                    {
                        _within[chassis] = outer;
                    }
                    if (document.Readings.Length > 0 || document.Rejected.Total > 0)
                    {
                        useful.Add(path);
                    }
                    foreach (var reading in document.Readings)
                    {
                        // A management controller's clock is often wrong by years: the time is the scrape's.
                        var labels = reading.Labels.Add(new Label("instance", target.Instance)).Sort((a, b) => string.CompareOrdinal(a.Name, b.Name));
                        readings.Add(reading with { Labels = labels, TimeMs = timeMs });
                    }
                    foreach (var link in walk ? document.Links : [])
                    {
                        if (seen.Count < Documents && seen.Add(link))
                        {
                            waiting.Enqueue(link);
                        }
                    }
                    break;
                case Fetched.Failed failed:
                    failure = (failed.Kind, failed.What);
                    if (good)
                    {
                        rejected.Add(failed.Kind, path, failed.What);
                    }
                    break;
            }
        }

        if (!good)
        {
            _useful.Clear();
            return ([], failure.Kind, failure.What);
        }
        _scrapes++;
        if (walk)
        {
            _useful.Clear();
            _useful.AddRange(useful);
        }
        readings.AddRange(RedfishNodes.Of([.. readings], _within));
        return (readings.DrainToImmutable(), null, "");
    }
}
