using System.Collections.Immutable;
using System.Globalization;
using Standstill.Protocol.Pacts.Conditions;
using Superpower.Model;

namespace Standstill.Protocol.Pacts.Coalitions;

/// <summary>The text of a commitment of version 2: what a party does under which condition, before it is known which party.</summary>
/// <remarks>
/// <code>
/// commitment = condition / 1*8 step
/// step       = "stop" "when" condition / "slow" "by" percent "when" condition
/// </code>
/// A step begins a line, and each line that begins with neither `stop` nor `slow` goes on with the one before. A bare condition is
/// that of a stop. A percent is whole, from 1 to 100; 100 is a stop; each stands once, and they are read in any order. `#` begins a
/// comment, to the end of its line. Conditions are of version 2. At most 8,192 characters.
/// </remarks>
public sealed record CommitmentText
{
    /// <summary>The length of a text, in characters.</summary>
    public const int Characters = 8192;

    private const string Forms = "write `stop when`, or `slow by 50% when`, and a condition; or a condition alone";

    private CommitmentText(ImmutableArray<CommitmentStep> steps) => Steps = steps;

    /// <summary>The steps, by degree from the lowest: 1 to <see cref="Commitment.MostSteps"/>.</summary>
    public ImmutableArray<CommitmentStep> Steps { get; }

    /// <summary>Reads a text.</summary>
    /// <returns>The steps, or every fault: where it is, what is wrong and how to put it right.</returns>
    public static Parsed<CommitmentText> Parse(string text)
    {
        if (text.Length > Characters)
        {
            return Parsed<CommitmentText>.Bad("", $"the commitment has {text.Length} characters, more than {Characters}", "ask for less, or in fewer steps");
        }

        string bare = WithoutComments(text);
        ImmutableArray<int> starts = Starts(bare);
        if (starts.IsEmpty)
        {
            Parsed<Condition> condition = ConditionReader.Read(bare, .., ConditionVersion.Two);
            return condition.IsGood
                ? Parsed<CommitmentText>.Good(new CommitmentText([new CommitmentStep(100, condition.Value)]))
                : Parsed<CommitmentText>.Bad(condition.Faults);
        }

        ImmutableArray<Fault>.Builder faults = ImmutableArray.CreateBuilder<Fault>();
        var steps = new SortedDictionary<int, CommitmentStep>();
        if (bare.AsSpan(0, starts[0]).IndexOfAnyExcept(" \t\r\n") is >= 0 and var first)
        {
            faults.Add(new Fault(PlaceOf(bare, first), "the text begins with no step, and has steps after that", Forms));
        }

        for (int i = 0; i < starts.Length; i++)
        {
            Step(bare, starts[i], i + 1 < starts.Length ? starts[i + 1] : bare.Length, steps, faults);
        }

        if (starts.Length > Commitment.MostSteps)
        {
            faults.Add(new Fault(
                PlaceOf(bare, starts[Commitment.MostSteps]),
                $"there are {starts.Length} steps, more than {Commitment.MostSteps}",
                "leave out the steps that matter least"));
        }

        return faults.Count > 0
            ? Parsed<CommitmentText>.Bad(faults.DrainToImmutable())
            : Parsed<CommitmentText>.Good(new CommitmentText([.. steps.Values]));
    }

    /// <summary>The canonical text of steps that rise: the condition alone where there is one stop, else a line for each step.</summary>
    public static string Format(ImmutableArray<CommitmentStep> steps) => steps is [{ Degree: 100 } stop]
        ? stop.Condition.ToString()
        : string.Join('\n', steps.Select(s => $"{What(s.Degree)} when {s.Condition}"));

    /// <inheritdoc/>
    public bool Equals(CommitmentText? other) => other is not null && Steps.SequenceEqual(other.Steps);

    /// <inheritdoc/>
    public override int GetHashCode() => Steps.Length;

    /// <summary>The canonical text.</summary>
    public override string ToString() => Format(Steps);

    private static string What(int degree) =>
        degree == 100 ? "stop" : string.Create(CultureInfo.InvariantCulture, $"slow by {degree}%");

    private static void Step(string text, int from, int to, SortedDictionary<int, CommitmentStep> steps, ImmutableArray<Fault>.Builder faults)
    {
        ImmutableArray<Token<ConditionToken>> tokens = [.. new ConditionTokenizer(ConditionVersion.Two).Tokenize(text[from..to])];
        ConditionToken[] form = tokens[0].Kind == ConditionToken.Stop
            ? [ConditionToken.Stop, ConditionToken.When]
            : [ConditionToken.Slow, ConditionToken.By, ConditionToken.Number, ConditionToken.Percent, ConditionToken.When];
        int same = 0;
        while (same < form.Length && same < tokens.Length && tokens[same].Kind == form[same])
        {
            same++;
        }

        if (same < form.Length)
        {
            int at = same < tokens.Length ? from + tokens[same].Position.Absolute : to;
            string found = same < tokens.Length ? ConditionReader.Quote(tokens[same].ToStringValue()) : "the end";
            faults.Add(new Fault(PlaceOf(text, at), $"found {found} where {Expected(form[same])} was expected", Forms));
            return;
        }

        Token<ConditionToken> when = tokens[form.Length - 1];
        int? degree = Degree(text, from, tokens, steps, faults);
        Parsed<Condition> condition = ConditionReader.Read(text, (from + when.Position.Absolute + when.Span.Length)..to, ConditionVersion.Two);
        faults.AddRange(condition.Faults.Select(f => f.Place.Length > 0 ? f : f with { Place = PlaceOf(text, from) }));
        if (degree is { } good && condition.IsGood)
        {
            steps[good] = new CommitmentStep(good, condition.Value);
        }
        else if (degree is { } taken)
        {
            steps[taken] = new CommitmentStep(taken, new Condition.Always()); // so that another step of this degree is told
        }
    }

    private static int? Degree(
        string text, int from, ImmutableArray<Token<ConditionToken>> tokens, SortedDictionary<int, CommitmentStep> steps, ImmutableArray<Fault>.Builder faults)
    {
        int degree = 100;
        int at = from;
        if (tokens[0].Kind == ConditionToken.Slow)
        {
            string written = tokens[2].ToStringValue();
            at = from + tokens[2].Position.Absolute;
            if (!int.TryParse(written, NumberStyles.None, CultureInfo.InvariantCulture, out degree) || degree is < 1 or > 100)
            {
                faults.Add(new Fault(
                    PlaceOf(text, at), $"{ConditionReader.Quote(written)} is not a slowdown in per cent", "write a whole number from 1 to 100"));
                return null;
            }
        }

        if (steps.ContainsKey(degree))
        {
            faults.Add(new Fault(PlaceOf(text, at), $"`{What(degree)}` stands twice", "join the two conditions by `or`"));
            return null;
        }

        return degree;
    }

    private static string Expected(ConditionToken kind) => kind switch
    {
        ConditionToken.Number => "a number",
        ConditionToken.Percent => "`%`",
        ConditionToken.By => "`by`",
        _ => "`when`",
    };

    private static ImmutableArray<int> Starts(string text)
    {
        ImmutableArray<int>.Builder starts = ImmutableArray.CreateBuilder<int>();
        for (int line = 0; line < text.Length; line = NextLine(text, line))
        {
            int start = line;
            while (start < text.Length && text[start] != '\n' && char.IsWhiteSpace(text[start]))
            {
                start++;
            }

            int end = start;
            while (end < text.Length && char.IsAsciiLetter(text[end]))
            {
                end++;
            }

            bool whole = end == text.Length || char.IsWhiteSpace(text[end]) || text[end] is ',' or '(' or ')' or '%';
            if (whole && ConditionWords.Keyword(text[start..end], ConditionVersion.Two) is ConditionToken.Stop or ConditionToken.Slow)
            {
                starts.Add(start);
            }
        }

        return starts.DrainToImmutable();
    }

    private static int NextLine(string text, int from) =>
        text.IndexOf('\n', from) is >= 0 and var end ? end + 1 : text.Length;

    private static string WithoutComments(string text)
    {
        bool comment = false;
        return string.Create(text.Length, text, (span, whole) =>
        {
            for (int i = 0; i < span.Length; i++)
            {
                comment = whole[i] != '\n' && (comment || whole[i] == '#');
                span[i] = comment ? ' ' : whole[i];
            }
        });
    }

    private static string PlaceOf(string text, int offset)
    {
        Position at = Position.Zero;
        foreach (char c in text.AsSpan(0, offset))
        {
            at = at.Advance(c);
        }

        return ConditionReader.Place(at);
    }
}
