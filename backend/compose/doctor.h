#pragma once

#include "compose/composefile.h"
#include "compose/finding.h"

namespace moldau::compose {

/** What the doctor found, by place. */
struct Diagnosis {
    std::vector<Finding> findings;

    bool hasErrors() const;
};

/**
 * Examines a compose file: its form, its variables, whether each broker would start, and whether
 * brokers, clients and ZooKeeper find each other. Takes any text; never throws.
 */
Diagnosis examine(std::string_view text, const ComposeContext& context);

/**
 * The text after everything that can be repaired without a person: comments and formatting stay,
 * only the touched places change. Hints are left alone. Repairing again changes nothing.
 */
std::string repaired(std::string_view text, const ComposeContext& context);

} // namespace moldau::compose
