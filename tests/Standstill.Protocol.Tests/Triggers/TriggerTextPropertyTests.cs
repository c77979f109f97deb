using CsCheck;
using Standstill.Protocol.Triggers;

namespace Standstill.Protocol.Tests.Triggers;

public static class TriggerTextPropertyTests
{
    private static readonly string[] Fragments =
    [
        "trigger", "\"T\"", "\"", "version", "1", "watch", "warn", "pause", "release", "when", "frontier", "horizon", "(", ")", "50", "80", "%", ">", ">=",
        "<", "<=", "=", "8", "h", "min", "days", "x", "doubling time of", "since", "2023-01-01", "2023-99-99", "with confidence", "sustained for", "and", "or",
        "at 2 or more labs", "panel votes release", "research speed-up", "ai-authored code share", "evidence from at least", "independent evaluators",
        ", none older than", "undetermined", "holds the last verdict", "counts as", "not", "met", "\n", "\t", "\0", "≥", "🙂", "-", ".", "0.5", "99999999999999999999999999",
        "frontier horizon(50%) > 8 h", "research speed-up >= 2x at 1 or more labs", "trigger \"T\" version 1 watch when",
    ];

    [Fact]
    public static void A_written_trigger_is_read_as_itself() =>
        Generated.Triggers.Hold(trigger => Assert.Equal(trigger, TriggerParser.Parse(TriggerFormatter.Format(trigger)).OrThrow()), 500);

    [Fact]
    public static void Writing_what_was_read_changes_nothing_the_second_time() =>
        Generated.Triggers.Hold(
            trigger =>
            {
                var canonical = TriggerFormatter.Format(trigger);
                var loose = string.Join('"', canonical.Split('"').Select((part, i) => i == 1 ? part : part.Replace(" ", "\t\r\n ", StringComparison.Ordinal)));
                Assert.Equal(canonical, TriggerFormatter.Format(TriggerParser.Parse(loose).OrThrow()));
            },
            300);

    [Fact]
    public static void Unequal_triggers_have_unequal_texts() =>
        Gen.Select(Generated.Triggers, Generated.Triggers).Hold(
            pair => Assert.Equal(pair.Item1.Equals(pair.Item2), TriggerFormatter.Format(pair.Item1) == TriggerFormatter.Format(pair.Item2)), 200);

    [Fact]
    public static void Whatever_is_read_the_reader_answers_and_what_it_takes_it_can_write()
    {
        var good = 0;
        Gen.Select(Gen.OneOf("", "trigger \"T\" version 1 watch when frontier horizon(50%) > 8 h "), Gen.OneOf(Fragments).Array[0, 40], Gen.OneOf("", " ")).Hold(
            text =>
            {
                var parsed = TriggerParser.Parse(text.Item1 + string.Join(text.Item3, text.Item2));
                if (parsed.IsGood)
                {
                    good++;
                    Assert.Equal(parsed.Value, TriggerParser.Parse(TriggerFormatter.Format(parsed.Value)).OrThrow());
                }
                else
                {
                    Assert.All(parsed.Faults, fault => Assert.True(fault.Message.Length > 0 && fault.Remedy.Length > 0));
                }
            },
            20000);
        Assert.True(good > 10, $"only {good} texts were good");
    }

    [Fact]
    public static void Random_characters_never_throw() =>
        Gen.String[Gen.Char, 0, 300].Hold(text => Assert.False(TriggerParser.Parse(text).IsGood), 2000);

    [Fact]
    public static void A_text_with_one_character_changed_never_throws() =>
        Gen.Select(Generated.Triggers, Gen.Int[0, 100_000], Gen.Char).Hold(
            one =>
            {
                var text = TriggerFormatter.Format(one.Item1);
                var at = one.Item2 % text.Length;
                var parsed = TriggerParser.Parse(text[..at] + one.Item3 + text[(at + 1)..]);
                Assert.True(parsed.IsGood || parsed.Faults.All(fault => fault.Place.StartsWith("line ", StringComparison.Ordinal)));
            },
            1000);

    [Theory]
    [InlineData("(")]
    [InlineData("trigger \"T\" version 1 watch when (")]
    [InlineData("and ")]
    [InlineData("9")]
    [InlineData("\"")]
    [InlineData("9999-99-99 ")]
    public static void Sixty_four_kilobytes_of_one_thing_are_answered(string unit)
    {
        var junk = string.Concat(Enumerable.Repeat(unit, 65536 / unit.Length));

        Assert.False(TriggerParser.Parse(junk).IsGood);
        Assert.False(TriggerParser.Parse(junk[..8192]).IsGood);
        Assert.False(TriggerParser.Parse(("trigger \"T\" version 1 watch when " + junk)[..8192]).IsGood);
    }
}
