#include "text/graphemes.h"

#include "text/unicode.h"

namespace glassformer {

namespace {

using Class = GraphemeClass;

bool is_control(Class c) { return c == Class::kCr || c == Class::kLf || c == Class::kControl; }

/// What the rules have to remember of the cluster so far.
struct ClusterState {
  Class previous = Class::kOther;
  bool pictograph_joined = false;  // ends in a pictograph, Extend*, and perhaps a joiner
  bool conjunct_open = false;      // a consonant, then linkers and extenders
  bool conjunct_linked = false;    // with a linker among them
  bool odd_indicators = false;     // ends in an odd number of regional indicators

  void take(const GraphemeProperties& next) {
    pictograph_joined = next.grapheme_class == Class::kPictograph ||
                        (pictograph_joined && next.grapheme_class == Class::kExtend) ||
                        (pictograph_joined && next.grapheme_class == Class::kJoiner);
    if (next.conjunct == ConjunctClass::kConsonant) {
      conjunct_open = true;
      conjunct_linked = false;
    } else {
      conjunct_open = conjunct_open && next.conjunct != ConjunctClass::kNone;
      conjunct_linked =
          conjunct_open && (conjunct_linked || next.conjunct == ConjunctClass::kLinker);
    }
    odd_indicators = next.grapheme_class == Class::kRegionalIndicator && !odd_indicators;
    previous = next.grapheme_class;
  }
};

/// GB6 to GB8.
bool joins_hangul(Class a, Class b) {
  switch (a) {
    case Class::kLead:
      return b == Class::kLead || b == Class::kVowel || b == Class::kLeadVowel ||
             b == Class::kLeadVowelTrail;
    case Class::kVowel:
    case Class::kLeadVowel:
      return b == Class::kVowel || b == Class::kTrail;
    case Class::kTrail:
    case Class::kLeadVowelTrail:
      return b == Class::kTrail;
    default:
      return false;
  }
}

/// Whether the next character belongs to the cluster; in the order of the rules of UAX #29.
bool joins(const ClusterState& state, const GraphemeProperties& next) {
  const Class a = state.previous, b = next.grapheme_class;
  if (a == Class::kCr && b == Class::kLf) return true;
  if (is_control(a) || is_control(b)) return false;
  if (joins_hangul(a, b)) return true;
  if (b == Class::kExtend || b == Class::kJoiner || b == Class::kSpacingMark) return true;
  if (a == Class::kPrepend) return true;
  if (state.conjunct_linked && next.conjunct == ConjunctClass::kConsonant) return true;
  if (a == Class::kJoiner && state.pictograph_joined && b == Class::kPictograph) return true;
  return state.odd_indicators && b == Class::kRegionalIndicator;
}

}  // namespace

size_t grapheme_length(std::span<const CodePoint> text) {
  ClusterState state;
  state.take(grapheme_properties(text[0].value));
  size_t length = 1;
  while (length < text.size()) {
    const GraphemeProperties next = grapheme_properties(text[length].value);
    if (!joins(state, next)) break;
    state.take(next);
    ++length;
  }
  return length;
}

}  // namespace glassformer
