using System.Collections.Immutable;
using System.Globalization;
using Standstill.Protocol;
using Standstill.Protocol.Pacts;

namespace Standstill.Node.Pages;

/// <summary>A stretch of time in which something stood one way.</summary>
/// <param name="From">Its beginning, UTC.</param>
/// <param name="To">Its end.</param>
/// <param name="Word">How it stood.</param>
/// <param name="Class">The colour: good, notable, grave, gone or plain.</param>
public sealed record TimeStretch(DateTimeOffset From, DateTimeOffset To, string Word, string Class);

/// <summary>How the pact or one member stood over time.</summary>
/// <param name="Name">The member's name, or `the pact`.</param>
/// <param name="Href">Where it leads.</param>
/// <param name="Stretches">Oldest first; each begins where the one before ends.</param>
public sealed record TimeBar(string Name, string? Href, ImmutableArray<TimeStretch> Stretches);

/// <summary>A pact's past, as its history tells it, and its future, as time alone would bring it.</summary>
/// <param name="Pact">The pact as of a time.</param>
/// <param name="Present">That time, UTC.</param>
/// <param name="Past">What has happened, oldest first.</param>
/// <param name="Future">What follows if nobody says anything more, soonest first.</param>
/// <param name="Bars">The pact first, then its members in the order of names.</param>
public sealed record PactTimeline(
    Pact Pact, DateTimeOffset Present, ImmutableArray<PactTransition> Past, ImmutableArray<PactTransition> Future, ImmutableArray<TimeBar> Bars)
{
    /// <summary>The most members that are drawn.</summary>
    public const int MostBars = 30;

    /// <summary>The most that is told of the future.</summary>
    public const int MostAhead = 100;

    // Ten years and a month: longer than any period of a pact.
    private static readonly TimeSpan Horizon = TimeSpan.FromDays(3680);

    /// <summary>Tells the past and the future of a pact of a world.</summary>
    public static PactTimeline Of(World world, PactId id)
    {
        var pact = world.Pacts[id];
        var end = world.Now + Horizon is var late && late < UtcTime.Latest ? late : UtcTime.Latest.AddSeconds(-1);
        var later = world.AsOf(end).Pacts[id];
        ImmutableArray<PactTransition> future = [.. later.History.Skip(pact.History.Count).Take(MostAhead)];
        ImmutableArray<PactTransition> past = [.. pact.History];
        var last = future.IsEmpty ? world.Now : future[^1].At.Time;
        var first = past[0].At.Time;
        var until = last + (Longer(last - first, TimeSpan.FromDays(1)) / 25);
        return new PactTimeline(pact, world.Now, past, future, Draw(past.AddRange(future), until));
    }

    /// <summary>The picture in words.</summary>
    public string Description => string.Join(" ", Bars.Select(b =>
        $"{b.Name}: {string.Join(", ", b.Stretches.Select(s => $"{s.Word} from {Day(s.From)}"))}."));

    private static ImmutableArray<TimeBar> Draw(ImmutableArray<PactTransition> history, DateTimeOffset until)
    {
        var stages = new List<(DateTimeOffset At, string Word, string Class)>();
        var standings = new SortedDictionary<PartyId, List<(DateTimeOffset At, string Word, string Class)>>();
        var words = new Dictionary<PartyId, string>();
        foreach (var (at, what) in history)
        {
            if (StandingText.StageAfter(what) is { } stage)
            {
                stages.Add((at.Time, stage.Word, stage.Class));
            }

            foreach (var (party, word, kind) in StandingText.StandingsAfter(what, words).ToArray())
            {
                if (!standings.TryGetValue(party, out var bar))
                {
                    standings[party] = bar = [];
                }

                bar.Add((at.Time, word, kind));
                words[party] = word;
            }
        }

        return
        [
            new TimeBar("the pact", null, Stretches(stages, until)),
            .. standings.Take(MostBars).Select(s => new TimeBar(s.Key.Value, $"/parties/{s.Key}", Stretches(s.Value, until))),
        ];
    }

    private static ImmutableArray<TimeStretch> Stretches(List<(DateTimeOffset At, string Word, string Class)> changes, DateTimeOffset until)
    {
        var stretches = ImmutableArray.CreateBuilder<TimeStretch>();
        foreach (var (i, (at, word, kind)) in changes.Index())
        {
            var to = i + 1 < changes.Count ? changes[i + 1].At : until;
            if (stretches.Count > 0 && stretches[^1].Word == word)
            {
                stretches[^1] = stretches[^1] with { To = to };
            }
            else if (to > at)
            {
                stretches.Add(new TimeStretch(at, to, word, kind));
            }
        }

        return stretches.ToImmutable();
    }

    private static string Day(DateTimeOffset time) => time.UtcDateTime.ToString("yyyy-MM-dd", CultureInfo.InvariantCulture);

    private static TimeSpan Longer(TimeSpan a, TimeSpan b) => a > b ? a : b;
}
