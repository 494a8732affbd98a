namespace AccountantCluster.Examples;

/// <summary>One line between the two parties.</summary>
/// <param name="Word">What it is.</param>
/// <param name="Text">What belongs to it.</param>
internal readonly record struct Line(string Word, string Text);
