using System.Collections.Immutable;
using System.Globalization;
using Standstill.Protocol.Pacts.Conditions;

namespace Standstill.Protocol.Pacts.Coalitions;

/// <summary>Suppositions as names and values, for addresses and command lines.</summary>
/// <remarks>
/// <code>
/// out=PARTY              a committed party is out
/// in=PARTY               a party is in without a condition
/// when=PARTY:COMMITMENT  a party is in on a condition, or by steps, parted by semicolons
/// flop=PARTY:NUMBER      a party has so many FLOP per second
/// assurance=PARTY:NUMBER a party is verified so well, in per cent
/// world=NUMBER           world compute in FLOP per second; or its 5, 50 and 95 % quantiles, LOW:MIDDLE:HIGH
/// </code>
/// </remarks>
public static class WhatIfText
{
    /// <summary>The longest value, in characters: a name, a colon and a condition.</summary>
    public const int Characters = CommitmentText.Characters + 128;

    /// <summary>The names, in their order.</summary>
    public static ImmutableArray<string> Names { get; } = ["out", "in", "when", "flop", "assurance", "world"];

    /// <summary>Reads suppositions, in any order.</summary>
    /// <returns>What is supposed, or every fault: an unknown name, a value that is not of its form, one party supposed two ways,
    /// more than <see cref="WhatIf.Most"/>.</returns>
    public static Parsed<WhatIf> Read(IEnumerable<KeyValuePair<string, string>> pairs)
    {
        KeyValuePair<string, string>[] all = [.. pairs.Take(WhatIf.Most + 1)];
        if (all.Length > WhatIf.Most)
        {
            return Parsed<WhatIf>.Bad("", $"more than {WhatIf.Most} things are supposed at once", "suppose fewer");
        }

        ImmutableArray<Fault>.Builder faults = ImmutableArray.CreateBuilder<Fault>();
        List<Supposition> read = [];
        foreach ((string name, string value) in all)
        {
            Parsed<Supposition> one = value.Length > Characters
                ? Bad(name, $"the value has {value.Length} characters, more than {Characters}", "shorten it")
                : Read(name, value);
            if (!one.IsGood)
            {
                faults.AddRange(one.Faults);
            }
            else if (read.Exists(r => Subject(r) == Subject(one.Value)))
            {
                faults.Add(new Fault(name, $"`{Shown(value)}` comes on top of another supposition about the same", "keep one of them"));
            }
            else
            {
                read.Add(one.Value);
            }
        }

        return faults.Count > 0 ? Parsed<WhatIf>.Bad(faults.DrainToImmutable()) : Parsed<WhatIf>.Good(new WhatIf([.. read.OrderBy(Subject, StringComparer.Ordinal)]));
    }

    /// <summary>Writes suppositions; reading them gives the same back.</summary>
    public static IEnumerable<KeyValuePair<string, string>> Write(WhatIf what) =>
        what.Suppositions.Select(s => KeyValuePair.Create(Name(s), Value(s)));

    /// <summary>Suppositions as sentences.</summary>
    public static string Of(Supposition supposition) => supposition switch
    {
        Supposition.Out s => $"{s.Party} is out",
        Supposition.In { Steps: [{ Degree: 100, Condition: Condition.Always }] } s => $"{s.Party} signs without a condition",
        Supposition.In s => $"{s.Party} signs on the condition `{OneLine(s.Steps)}`",
        Supposition.Compute s => $"{s.Party} has {Number(s.FlopPerSecond)} FLOP/s",
        Supposition.Assurance { Percent: 0 } s => $"{s.Party} is not verified",
        Supposition.Assurance s => string.Create(CultureInfo.InvariantCulture, $"{s.Party} is verified with an assurance of {s.Percent}%"),
        Supposition.World s => $"there are {Number(s.Estimate.Middle)} FLOP/s in the world",
        _ => throw new InvalidOperationException("a supposition without a sentence"),
    };

    /// <summary>Why a party is struck out in a cascade, as the end of a sentence.</summary>
    public static string Because(Lowering lowering) => PactText.Because(lowering.Because);

    internal static string Name(Supposition supposition) => supposition switch
    {
        Supposition.Out => "out",
        Supposition.In { Steps: [{ Degree: 100, Condition: Condition.Always }] } => "in",
        Supposition.In => "when",
        Supposition.Compute => "flop",
        Supposition.Assurance => "assurance",
        Supposition.World => "world",
        _ => throw new InvalidOperationException("a supposition without a name"),
    };

    private static string Value(Supposition supposition) => supposition switch
    {
        Supposition.Out s => s.Party.Value,
        Supposition.In { Steps: [{ Degree: 100, Condition: Condition.Always }] } s => s.Party.Value,
        Supposition.In s => $"{s.Party}:{OneLine(s.Steps)}",
        Supposition.Compute s => $"{s.Party}:{Number(s.FlopPerSecond)}",
        Supposition.Assurance s => string.Create(CultureInfo.InvariantCulture, $"{s.Party}:{s.Percent}"),
        Supposition.World { Estimate: var e } when e.Low == e.High => Number(e.Middle),
        Supposition.World { Estimate: var e } => $"{Number(e.Low)}:{Number(e.Middle)}:{Number(e.High)}",
        _ => throw new InvalidOperationException("a supposition without a value"),
    };

    private static Parsed<Supposition> Read(string name, string value)
    {
        switch (name)
        {
            case "out" or "in":
                return Party(value) is not { } alone ? NoParty(name, value)
                    : Parsed<Supposition>.Good(name == "out" ? new Supposition.Out(alone) : new Supposition.In(alone, [new CommitmentStep(100, new Condition.Always())]));
            case "world":
                return World(value);
            case "when" or "flop" or "assurance":
                string[] parts = value.Split(':', 2);
                return parts.Length != 2 ? Bad(name, $"`{Shown(value)}` has no colon", $"write a party, a colon and {Wanted(name)}")
                    : Party(parts[0]) is not { } party ? NoParty(name, parts[0])
                    : name == "when" ? When(party, parts[1].Trim()) : Figure(name, party, parts[1].Trim());
            default:
                return Bad(Shown(name), $"nothing is called `{Shown(name)}` here", $"use {string.Join(", ", Names.Select(n => $"`{n}`"))}");
        }
    }

    private static Parsed<Supposition> When(PartyId party, string text)
    {
        Parsed<CommitmentText> commitment = CommitmentText.Parse(text.Replace(';', '\n'));
        return commitment.IsGood
            ? Parsed<Supposition>.Good(new Supposition.In(party, commitment.Value.Steps))
            : Parsed<Supposition>.Bad([.. commitment.Faults.Select(f => f with { Place = f.Place.Length == 0 ? $"when {party}" : $"when {party}, {f.Place}" })]);
    }

    private static Parsed<Supposition> Figure(string name, PartyId party, string text) => (name, text) switch
    {
        ("flop", _) when Flop(text) is { } flop => Parsed<Supposition>.Good(new Supposition.Compute(party, flop)),
        ("assurance", _) when int.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out int percent) && percent <= 99 =>
            Parsed<Supposition>.Good(new Supposition.Assurance(party, percent)),
        _ => Bad(name, $"`{Shown(text)}` for `{party}` is not {Wanted(name)}", name == "flop" ? "write it as `4.9e19`" : "write it as `80`, without a sign"),
    };

    private static Parsed<Supposition> World(string text)
    {
        double?[] figures = [.. text.Split(':', 4).Select(p => Flop(p.Trim()))];
        WorldComputeEstimate? estimate = figures switch
        {
            [{ } middle] => new WorldComputeEstimate(middle, middle, middle),
            [{ } low, { } middle, { } high] when low <= middle && middle <= high => new WorldComputeEstimate(low, middle, high),
            _ => null,
        };
        return estimate is { Low: > 0 }
            ? Parsed<Supposition>.Good(new Supposition.World(estimate))
            : Bad("world", $"`{Shown(text)}` is not world compute", "write FLOP per second above 0, as `3e22`, or low, middle and high in rising order, as `1e22:3e22:9e22`");
    }

    private static double? Flop(string text) =>
        text.Length <= 40 && double.TryParse(text, NumberStyles.Float, CultureInfo.InvariantCulture, out double value) && value >= 0 && value <= ComputeShares.Most
            ? value
            : null;

    private static string Wanted(string name) => name switch
    {
        "when" => "a condition, or steps parted by semicolons",
        "flop" => "FLOP per second, 0 to 1e40",
        _ => "an assurance in whole per cent, 0 to 99",
    };

    private static PartyId? Party(string text) => Slug.IsGood(text.Trim()) ? new PartyId(text.Trim()) : null;

    private static Parsed<Supposition> NoParty(string name, string value) =>
        Bad(name, $"`{Shown(value)}` is not the name of a party", $"a name is {Slug.Rule}");

    private static Parsed<Supposition> Bad(string place, string message, string remedy) => Parsed<Supposition>.Bad(place, message, remedy);

    // What a supposition is about: nothing can be supposed two ways at once. Also the order in which suppositions are written.
    private static string Subject(Supposition supposition) => supposition switch
    {
        Supposition.Out s => $"0 {s.Party}",
        Supposition.In s => $"0 {s.Party}",
        Supposition.Compute s => $"1 {s.Party}",
        Supposition.Assurance s => $"2 {s.Party}",
        _ => "3",
    };

    // Steps are lines of a commitment; in an address and on a command line they stand in one.
    private static string OneLine(ImmutableArray<CommitmentStep> steps) => CommitmentText.Format(steps).Replace("\n", "; ", StringComparison.Ordinal);

    private static string Number(double value) => value.ToString("0.################e0", CultureInfo.InvariantCulture);

    private static string Shown(string text) => text.Length <= 80 ? text : string.Concat(text.AsSpan(0, 80), "…");
}
