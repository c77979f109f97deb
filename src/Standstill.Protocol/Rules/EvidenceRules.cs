using System.Collections.Immutable;
using System.Text;
using Standstill.Measurement;
using Standstill.Measurement.Capability;
using Standstill.Protocol.Statements;
using Standstill.Protocol.Statements.Bodies;

namespace Standstill.Protocol.Rules;

/// <summary>Capability results and indicator reports.</summary>
internal static class EvidenceRules
{
    public static Effect Record(World world, Statement statement, CapabilityResultBody body, Moment at)
    {
        if (RefuseSource(world, statement, body.Source) is { } refused)
        {
            return refused;
        }

        if (body.Figure.Released > DateOnly.FromDateTime(at.Time.UtcDateTime))
        {
            return Effect.Refuse("body.released", "lies in the future", "send the result once the model is out");
        }

        var evidence = new HorizonEvidence(at.Entry, statement.Party, body.Source, body.Figure, body.Claim);
        var horizons = world.Horizons.SetItem((body.Source, body.Figure.Model), evidence);
        return Effect.Of(Claim(world, statement, body.Source) with
        {
            Horizons = horizons,
            Evidence = world.Evidence with { Frontier = WithSource(world, horizons, body.Source, at) },
        });
    }

    public static Effect Record(World world, Statement statement, IndicatorReportBody body, Moment at)
    {
        if (!world.Parties.TryGetValue(body.Lab, out var lab) || lab.Kind != PartyKind.Lab)
        {
            return Effect.Refuse("body.lab", $"`{body.Lab}` is not a lab of this registry", "name an enrolled lab");
        }

        var selfReport = world.Parties[statement.Party].Kind == PartyKind.Lab;
        if (selfReport && (body.Lab != statement.Party || body.Source != statement.Party.Value))
        {
            return Effect.Refuse("body.source", "a lab reports on itself alone, under its own name", $"set lab and source to `{statement.Party}`");
        }

        if (!selfReport && RefuseSource(world, statement, body.Source) is { } refused)
        {
            return refused;
        }

        if (body.Measured > DateOnly.FromDateTime(at.Time.UtcDateTime))
        {
            return Effect.Refuse("body.measured", "lies in the future", "send the report once it is measured");
        }

        var evidence = new IndicatorEvidence(at.Entry, statement.Party, body.Source, body.Lab, body.Kind, body.Measured, body.Figure.Distribution);
        var indicators = world.Indicators.SetItem((body.Kind.Name, body.Lab, body.Source), new IndicatorRecord(evidence, body));
        return Effect.Of((selfReport ? world : Claim(world, statement, body.Source)) with
        {
            Indicators = indicators,
            Evidence = world.Evidence with { Indicators = [.. indicators.Values.Select(i => i.Evidence)] },
        });
    }

    /// <summary>
    /// INVARIANT (sources): one evaluator reports under one independence group, so n groups stand for at least n evaluators.
    /// </summary>
    private static Effect? RefuseSource(World world, Statement statement, string source) =>
        world.Parties[statement.Party].Source is { } own && own != source
            ? Effect.Refuse("body.source", $"`{statement.Party}` reports under `{own}`", "an evaluator that reported under two groups would count twice; keep to the one")
            : world.Parties.ContainsKey(new PartyId(source)) && source != statement.Party.Value
                ? Effect.Refuse("body.source", $"`{source}` is the name of another party", "choose a group that is nobody's name but yours")
                : null;

    private static World Claim(World world, Statement statement, string source) => world with
    {
        Parties = world.Parties.SetItem(statement.Party, world.Parties[statement.Party] with { Source = source }),
    };

    /// <summary>The world without a horizon that was taken back.</summary>
    public static World Without(World world, HorizonEvidence horizon, Moment at)
    {
        var horizons = world.Horizons.Remove((horizon.Source, horizon.Figure.Model));
        return world with
        {
            Horizons = horizons,
            Evidence = world.Evidence with { Frontier = WithSource(world, horizons, horizon.Source, at) },
        };
    }

    /// <summary>The world without an indicator report that was taken back.</summary>
    public static World Without(World world, IndicatorRecord indicator)
    {
        var indicators = world.Indicators.Remove((indicator.Evidence.Kind.Name, indicator.Evidence.Lab, indicator.Evidence.Source));
        return world with { Indicators = indicators, Evidence = world.Evidence with { Indicators = [.. indicators.Values.Select(i => i.Evidence)] } };
    }

    private static ImmutableArray<FrontierSource> WithSource(
        World world, ImmutableSortedDictionary<(string Source, string Model), HorizonEvidence> horizons, string source, Moment at)
    {
        var own = horizons.Where(h => h.Key.Source == source).Select(h => h.Value).ToImmutableArray();
        var others = world.Evidence.Frontier.Where(s => s.Source != source);
        if (own.IsEmpty)
        {
            return [.. others];
        }

        var figures = own.Select(h => h.Figure).ToImmutableArray();
        var seed = new Seed(Digest.Of(Encoding.UTF8.GetBytes($"standstill frontier v1\n{world.Registry}\n{source}\n{at.Entry}\n")).ToBytes());
        var renewed = new FrontierSource(
            source,
            own.Max(h => h.Figure.Released),
            [.. own.Select(h => h.Entry).Order()],
            new Lazy<FrontierEstimate>(() => FrontierEstimate.Estimate(figures, seed)),
            new Lazy<FrontierOutlook>(() => FrontierOutlook.Of(figures, seed)));
        return [.. others.Append(renewed).OrderBy(s => s.Source, StringComparer.Ordinal)];
    }
}
