<?php

// What SuiteCRM 8 knows of fields, with as much as is needed.

namespace App\FieldDefinitions\Entity {
    final class FieldDefinition
    {
        private $vardef;

        public function __construct(array $vardef)
        {
            $this->vardef = $vardef;
        }

        public function getVardef(): array
        {
            return $this->vardef;
        }

        public function setVardef(array $vardef): void
        {
            $this->vardef = $vardef;
        }
    }
}

namespace App\ViewDefinitions\Entity {
    final class ViewDefinition
    {
        public $view;

        public function __construct(?array $view)
        {
            $this->view = $view;
        }

        public function getRecordView(): ?array
        {
            return $this->view;
        }

        public function setRecordView(?array $view): void
        {
            $this->view = $view;
        }
    }
}

namespace App\ViewDefinitions\LegacyHandler {
    use App\FieldDefinitions\Entity\FieldDefinition;
    use App\ViewDefinitions\Entity\ViewDefinition;

    interface ViewDefinitionMapperInterface
    {
        public function getKey(): string;

        public function getModule(): string;

        public function map(ViewDefinition $definition, FieldDefinition $fieldDefinition): void;
    }
}

namespace App\FieldDefinitions\LegacyHandler {
    use App\FieldDefinitions\Entity\FieldDefinition;

    interface FieldDefinitionMapperInterface
    {
        public function getKey(): string;

        public function getModule(): string;

        public function map(FieldDefinition $definition): void;
    }
}
