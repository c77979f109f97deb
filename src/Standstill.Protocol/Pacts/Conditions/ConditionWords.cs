using System.Collections.Frozen;

namespace Standstill.Protocol.Pacts.Conditions;

/// <summary>The words of the language, and the words that would make a condition fail because others join.</summary>
internal static class ConditionWords
{
    private static readonly FrozenDictionary<string, ConditionToken> Keywords = new Dictionary<string, ConditionToken>
    {
        ["and"] = ConditionToken.And,
        ["or"] = ConditionToken.Or,
        ["always"] = ConditionToken.Always,
        ["all"] = ConditionToken.All,
        ["of"] = ConditionToken.Of,
        ["at"] = ConditionToken.At,
        ["least"] = ConditionToken.Least,
        ["accounted"] = ConditionToken.Accounted,
        ["compute"] = ConditionToken.Compute,
    }.ToFrozenDictionary(StringComparer.OrdinalIgnoreCase);

    // `stop`, `slow` and `when` begin the steps of a commitment, whose conditions may run over several lines.
    private static readonly FrozenDictionary<string, ConditionToken> KeywordsOfTwo = new Dictionary<string, ConditionToken>
    {
        ["world"] = ConditionToken.World,
        ["parties"] = ConditionToken.Parties,
        ["jurisdictions"] = ConditionToken.Jurisdictions,
        ["pact"] = ConditionToken.Pact,
        ["staying"] = ConditionToken.Staying,
        ["slowed"] = ConditionToken.Slowed,
        ["by"] = ConditionToken.By,
        ["with"] = ConditionToken.With,
        ["assurance"] = ConditionToken.Assurance,
        ["confidence"] = ConditionToken.Confidence,
        ["stop"] = ConditionToken.Stop,
        ["slow"] = ConditionToken.Slow,
        ["when"] = ConditionToken.When,
    }.ToFrozenDictionary(StringComparer.OrdinalIgnoreCase);

    private static readonly FrozenSet<string> Shrinking = new[]
    {
        "not", "cannot", "never", "no", "none", "neither", "nor", "nobody",
        "unless", "until", "without", "except", "excepting", "excluding", "exactly", "below", "under",
    }.ToFrozenSet(StringComparer.OrdinalIgnoreCase);

    private static readonly string[][] ShrinkingPhrases =
    [
        ["no", "more", "than"],
        ["at", "most"],
        ["fewer", "than"],
        ["less", "than"],
        ["up", "to"],
        ["other", "than"],
        ["apart", "from"],
    ];

    /// <summary>The keyword that a word is, in either case.</summary>
    public static ConditionToken? Keyword(string word, ConditionVersion version) =>
        Keywords.TryGetValue(word, out ConditionToken token)
        || (version == ConditionVersion.Two && KeywordsOfTwo.TryGetValue(word, out token))
            ? token
            : null;

    /// <summary>Whether no version of the language can list a party of this name. Version 2 cannot list its own further words either.</summary>
    public static bool IsReserved(string name) => Keywords.ContainsKey(name) || Shrinking.Contains(name);

    /// <summary>The number of words, from the first one on, that make a condition lose from others joining; 0 if they do not.</summary>
    public static int ShrinkingAt(ReadOnlySpan<string> words)
    {
        foreach (string[] phrase in ShrinkingPhrases)
        {
            if (words.Length >= phrase.Length && Matches(words, phrase))
            {
                return phrase.Length;
            }
        }

        return Shrinking.Contains(words[0])
            || words[0].EndsWith("n't", StringComparison.OrdinalIgnoreCase)
            || words[0].EndsWith("n’t", StringComparison.OrdinalIgnoreCase)
            ? 1
            : 0;
    }

    private static bool Matches(ReadOnlySpan<string> words, string[] phrase)
    {
        for (int i = 0; i < phrase.Length; i++)
        {
            if (!string.Equals(words[i], phrase[i], StringComparison.OrdinalIgnoreCase))
            {
                return false;
            }
        }

        return true;
    }
}
